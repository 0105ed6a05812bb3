/** Checkpoints as sources of weights, which are validated, recognized and converted. */
package da3.weights;
