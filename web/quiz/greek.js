// Greek letters and their names.

const LETTERS = [
  ["α", "alpha"], ["β", "beta"], ["γ", "gamma"], ["δ", "delta"],
  ["ε", "epsilon"], ["ζ", "zeta"], ["η", "eta"], ["θ", "theta"],
  ["ι", "iota"], ["κ", "kappa"], ["λ", "lambda"], ["μ", "mu"], ["ν", "nu"],
  ["ξ", "xi"], ["ο", "omicron"], ["π", "pi"], ["ρ", "rho"], ["σ", "sigma"],
  ["τ", "tau"], ["υ", "upsilon"], ["φ", "phi"], ["χ", "chi"], ["ψ", "psi"],
  ["ω", "omega"],
];

export const nameOf = new Map(LETTERS);
export const letterOf = new Map(LETTERS.map(([letter, name]) => [name, letter]));

// delta is shown as δ.
export const shown = (name) => letterOf.get(name) ?? name;
