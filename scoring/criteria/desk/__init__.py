"""The builder's pages: a set's tree, its criteria, groups and rules, and publishing."""
