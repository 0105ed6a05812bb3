/**
 * Workers that compute the gradients of the batches of a step in parallel; what a batch is trained for is behind an
 * interface.
 */
package da3.train.worker;
