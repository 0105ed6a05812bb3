/** Predictors: our models, files of other systems, the truth, and a constant baseline. */
package da3.evaluation.predictor;
