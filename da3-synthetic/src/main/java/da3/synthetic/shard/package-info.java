/** Files of pre-rendered training scenes with random access. */
package da3.synthetic.shard;
