"""Appeals: how the affected party contests a decision, and who looks at it again."""
