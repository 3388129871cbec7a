// The functions that a formula may call: the fewest and most arguments,
// and how each is computed.

const sigmoid = (z) => {
  const e = Math.exp(-Math.abs(z));
  return (z >= 0 ? 1 : e) / (1 + e);
};
const softplus = (z) => Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)));

const table = {
  abs: [1, 1, Math.abs],
  clip: [3, 3, (x, low, high) => Math.min(Math.max(x, low), high)],
  cosh: [1, 1, Math.cosh],
  exp: [1, 1, Math.exp],
  expm1: [1, 1, Math.expm1],
  log: [1, 1, Math.log],
  log1p: [1, 1, Math.log1p],
  max: [2, Infinity, Math.max],
  min: [2, Infinity, Math.min],
  relu: [1, 1, (z) => Math.max(z, 0)],
  sigmoid: [1, 1, sigmoid],
  sign: [1, 1, Math.sign],
  sinh: [1, 1, Math.sinh],
  softplus: [1, 1, softplus],
  sqrt: [1, 1, Math.sqrt],
  tanh: [1, 1, Math.tanh],
  where: [3, 3, (condition, then, otherwise) => (condition ? then : otherwise)],
};

// A Map: a reader's text must not reach what every object inherits.
export const functions = new Map(
  Object.entries(table).map(([name, [fewest, most, compute]]) => [
    name,
    { fewest, most, compute },
  ]),
);

// Other names for them, NumPy's and PyTorch's among them.
export const aliases = new Map(
  Object.entries({
    clamp: "clip",
    fabs: "abs",
    ln: "log",
    maximum: "max",
    minimum: "min",
    sgn: "sign",
    sigma: "sigmoid",
  }),
);
