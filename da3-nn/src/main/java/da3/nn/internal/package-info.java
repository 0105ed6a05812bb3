/** Helpers of networks that are not layers, public only for the verification of golden values. */
package da3.nn.internal;
