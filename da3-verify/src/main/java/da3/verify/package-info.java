/** Recomputes golden cases of the reference implementation and compares them tensor by tensor. */
package da3.verify;
