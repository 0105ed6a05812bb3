/** The {@code verify} command: recomputes golden cases and compares, tensor by tensor. */
package da3.cli.verify;
