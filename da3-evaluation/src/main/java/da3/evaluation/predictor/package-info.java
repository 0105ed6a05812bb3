/** Systems that are scored, and the baselines beside them. */
package da3.evaluation.predictor;
