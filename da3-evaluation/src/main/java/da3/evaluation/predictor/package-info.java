/** Predictors: our models, and a constant baseline. */
package da3.evaluation.predictor;
