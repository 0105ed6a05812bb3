/**
 * What a benchmark is made of: suites of scenes whose truth is known, and predictors that are asked about them.
 *
 * <p>A data set is a {@link da3.evaluation.Suite}, a system to score a {@link da3.evaluation.Predictor}, and a question
 * of the benchmark a {@link da3.evaluation.mode.Mode}; none knows another's kinds.
 */
package da3.evaluation;
