/**
 * What a network is trained for: the interfaces of a pass over a batch and of a validation. Each mode has its own
 * package.
 */
package da3.train.mode;
