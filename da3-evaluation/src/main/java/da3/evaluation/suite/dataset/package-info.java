/** Suites that read published data sets from disk, in the layout in which they are downloaded. */
package da3.evaluation.suite.dataset;
