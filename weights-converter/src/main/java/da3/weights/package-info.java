/** Checkpoints as sources of weights: found, recognized, trusted no further than checked, and converted. */
package da3.weights;
