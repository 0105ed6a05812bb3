/**
 * The fastest engine on x86-64: oneDNN through its JavaCPP preset.
 *
 * <p>Operations are split into tiles that a {@link da3.onednn.ThreadPool} computes; every oneDNN primitive runs on one
 * thread. There is no OpenMP pool, and results do not depend on the number of threads. {@link da3.onednn.Kernels}
 * caches primitives by shape, and {@link da3.onednn.TensorMemory} holds activations.
 */
package da3.onednn;
