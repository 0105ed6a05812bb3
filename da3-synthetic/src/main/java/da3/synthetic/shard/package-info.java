/** Files of many scenes, rendered ahead, that a trainer reads in any order. The only files of this module. */
package da3.synthetic.shard;
