/** Parts of the file writers; only this module and {@code da3.verify} use them. */
package da3.io.internal;
