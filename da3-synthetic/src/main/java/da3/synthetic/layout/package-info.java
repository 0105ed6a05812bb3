/** Families of random places: what stands where, what is painted on it, and what lights it. */
package da3.synthetic.layout;
