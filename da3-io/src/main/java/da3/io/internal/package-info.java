/** What writers of files are made of; only this module and the verification of its numbers use it. */
package da3.io.internal;
