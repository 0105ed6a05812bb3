/** Checks of arguments, and the one form that error messages about wrong values have. */
package da3.geometry.check;
