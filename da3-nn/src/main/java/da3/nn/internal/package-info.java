/** What networks are made of besides layers; only this module and the verification of its numbers use it. */
package da3.nn.internal;
