/**
 * What a streaming run keeps on disk: an append-only file of checked segments, from which everything else is derived.
 */
package da3.streaming.store;
