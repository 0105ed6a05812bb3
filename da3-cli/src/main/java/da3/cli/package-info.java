/** The {@code da3} command, with one class per subcommand. */
package da3.cli;
