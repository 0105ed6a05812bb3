/** Data sets that are labeled by a teacher. */
package da3.train.label;
