/** Published checkpoints: the hub they come from, and the cache every client of that hub shares. */
package da3.weights.hub;
