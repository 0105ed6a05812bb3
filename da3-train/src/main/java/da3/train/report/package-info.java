/** What a training run tells: curves, pictures and metrics. */
package da3.train.report;
