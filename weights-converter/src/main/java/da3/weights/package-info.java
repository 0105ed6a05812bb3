/** Checkpoints as sources of weights: found, recognised, trusted no further than checked, and converted. */
package da3.weights;
