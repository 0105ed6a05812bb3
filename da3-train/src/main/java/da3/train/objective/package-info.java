/** Training objectives on plain arrays, with exact gradients for every prediction. */
package da3.train.objective;
