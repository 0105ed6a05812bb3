/** What {@code da3 demo} shows: made-up places with known depth, what a network makes of them, and a page of both. */
package da3.cli.demo;
