/** Reports of training runs: tables, curves and pictures. */
package da3.train.report;
