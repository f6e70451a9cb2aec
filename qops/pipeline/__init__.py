"""The slice that puts qops to work where code is reviewed: workflows for CI, hooks and Make."""
