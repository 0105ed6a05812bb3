/** Families of random layouts: the solids of a scene, their patterns, and the light. */
package da3.synthetic.layout;
