/** How gradients change parameters: optimizers, schedules, clipping, and averages of parameters. */
package da3.train.optimizer;
