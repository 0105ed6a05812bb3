/** Golden cases of the reference implementation, recomputed and compared tensor by tensor. */
package da3.verify;
