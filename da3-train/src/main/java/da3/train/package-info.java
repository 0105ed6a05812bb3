/** Training: objectives, optimizers, data and the trainer that joins them. */
package da3.train;
