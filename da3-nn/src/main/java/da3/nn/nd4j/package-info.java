/**
 * The engine written in ND4J operations, and the only place that knows ND4J.
 *
 * <p>It runs on nd4j-native and on nd4j-cuda: everything but upload and download is an ND4J operation. ND4J's own erf,
 * layer norm and convolution are slow, so they are formulated anew from matrix products and elementwise operations; and
 * fresh memory is slower than the arithmetic on it, so every array comes from {@link da3.nn.nd4j.TensorMemory}.
 */
package da3.nn.nd4j;
