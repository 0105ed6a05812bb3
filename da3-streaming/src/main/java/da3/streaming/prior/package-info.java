/** What is known about a map from elsewhere, with its uncertainty: positions of GPS or of a survey. */
package da3.streaming.prior;
