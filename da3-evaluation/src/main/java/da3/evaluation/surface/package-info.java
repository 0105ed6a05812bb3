/** Protocols that compare predicted depth with a true surface. */
package da3.evaluation.surface;
