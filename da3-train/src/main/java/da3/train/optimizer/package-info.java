/** Optimizers, learning rate schedules, gradient clipping, and moving averages of parameters. */
package da3.train.optimizer;
