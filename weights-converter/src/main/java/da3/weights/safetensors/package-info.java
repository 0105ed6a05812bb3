/** The safetensors format: files read tensor by tensor, written as a stream, and checked strictly. */
package da3.weights.safetensors;
