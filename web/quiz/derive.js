export function mount(card,task){}
