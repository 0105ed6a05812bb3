/**
 * The ND4J engine, and the only package that depends on ND4J.
 *
 * <p>It runs on nd4j-native and on nd4j-cuda: everything except upload and download is an ND4J operation. The erf,
 * layer norm and convolution of ND4J are slow, so this package composes them from matrix products and elementwise
 * operations. Fresh memory is slower than arithmetic, so all arrays come from {@link da3.nn.nd4j.TensorMemory}.
 */
package da3.nn.nd4j;
