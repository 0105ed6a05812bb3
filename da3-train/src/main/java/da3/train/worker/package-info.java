/** Workers that share the batches of a step and average their gradients, for any network and objective. */
package da3.train.worker;
