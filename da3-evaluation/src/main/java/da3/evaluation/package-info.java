/**
 * The parts of a benchmark: suites of scenes with ground truth, and predictors that are scored on them.
 *
 * <p>A data set is a {@link da3.evaluation.Suite}, a system to score is a {@link da3.evaluation.Predictor}, and what is
 * measured is a {@link da3.evaluation.mode.Mode}; they are independent of each other.
 */
package da3.evaluation;
