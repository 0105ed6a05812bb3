/** Training runs: the loop over the steps with its engines, data and reports, and the measurement of a model. */
package da3.train.run;
