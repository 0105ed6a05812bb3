/**
 * The fastest engine on x86-64: oneDNN through its JavaCPP preset.
 *
 * <p>Work is cut into tasks that the engine's own {@link da3.onednn.ThreadPool} shares, and every oneDNN primitive inside a
 * task runs on one thread: no OpenMP pool, and a result's bytes do not depend on which worker made it. Primitives are kept
 * per shape in {@link da3.onednn.Kernels}, activations live in {@link da3.onednn.TensorMemory}.
 */
package da3.onednn;
