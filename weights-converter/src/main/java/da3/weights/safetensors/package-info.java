/** Reading and writing of safetensors files, with strict validation. */
package da3.weights.safetensors;
