/** Checkpoints: safetensors files read and written, name and shape checks, and weights that follow from names. */
package da3.weights;
