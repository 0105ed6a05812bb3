/**
 * Networks as ONNX models, which other runtimes execute.
 *
 * <p>{@link da3.onnx.OnnxExport} runs a network on an engine that records each operation as operators of the ONNX
 * standard. The number and size of the views are fixed.
 */
package da3.onnx;
