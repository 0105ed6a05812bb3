/** The {@code da3} command: one class a subcommand. */
package da3.cli;
