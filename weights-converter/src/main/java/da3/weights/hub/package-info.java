/** Download of published checkpoints from the hub into the cache that its clients share. */
package da3.weights.hub;
